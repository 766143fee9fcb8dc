// Hides the offices and roles that do not hold all words of the search field. What is ticked is never hidden.
(() => {
  const plain = (text) => text.toLowerCase().replaceAll("ł", "l").normalize("NFD").replace(/\p{M}/gu, "");
  const begin = (box) => {
    const line = box.querySelector(".roles__search");
    const field = line.querySelector("input");
    const status = line.querySelector("[role=status]");
    const offices = [...box.querySelectorAll("details")].map((office) => ({
      office,
      open: office.open,
      roles: [...office.querySelectorAll("li")].map((role) => ({ role, text: plain(role.textContent) })),
    }));
    line.hidden = false;
    field.addEventListener("input", () => {
      const words = plain(field.value).split(/\s+/).filter(Boolean);
      let shown = 0;
      for (const { office, open, roles } of offices) {
        let here = 0;
        for (const { role, text } of roles) {
          const matches = words.every((word) => text.includes(word)) || role.querySelector("input").checked;
          role.hidden = !matches;
          here += matches ? 1 : 0;
        }
        office.hidden = here === 0;
        office.open = words.length ? here > 0 && here <= 12 : open;
        shown += here;
      }
      status.textContent = words.length ? `Pasuje: ${shown}` : "";
    });
    field.addEventListener("keydown", (event) => {
      if (event.key === "Enter") event.preventDefault();
    });
  };
  document.addEventListener("DOMContentLoaded", () => document.querySelectorAll("[data-roles]").forEach(begin));
})();
