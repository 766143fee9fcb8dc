// One key for each decision while the focus is in the frame of a field. The buttons do the same without this script.
document.addEventListener("keydown", (event) => {
  const frame = event.target.closest("[data-reconciliation]");
  const typing = event.target.matches("input, textarea, select");
  if (!frame || typing || event.ctrlKey || event.altKey || event.metaKey) return;
  const target = frame.querySelector(`[data-key="${CSS.escape(event.key.toLowerCase())}"]`);
  if (!target) return;
  event.preventDefault();
  target.matches("button") ? target.click() : target.focus();
});
