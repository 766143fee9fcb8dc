// The form says on which saved version it was filled. After an automatic save that version is the saved one, not the one
// that was opened; without this line the author's own automatic save would look like somebody else's.
document.addEventListener('submit', (event) => {
  for (const name of ['revision_id', 'revision_created_at']) {
    const saved = document.querySelector(`input[name="${name}"]`);
    const startedFrom = event.target.querySelector(`input[name="loaded_${name}"]`);
    if (saved && startedFrom && saved.value) startedFrom.value = saved.value;
  }
}, true);
