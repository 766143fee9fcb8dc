// Hints on plain language under the fields while somebody writes, and the counter after each automatic save.
// Without this file the same hints and the counter are drawn with the page.
(() => {
  const WAIT = 700; // milliseconds after the last key
  // Fields that clients read, by the name of their input; "step" fields tell the client what to do.
  const WATCHED = [
    [/^(title)$/, 'title'],
    [/^(summary|consultant_answer|who|when|jurisdiction_text|outcome_text|outcome_validity|consequence_of_missing|booking|pickup)$/, 'text'],
    [/^(steps)-\d+-value-text$/, 'step'],
    [/^(before_you_start|exemptions|mistakes|local_notes)-\d+-value$/, 'text'],
    [/^(special_needs)-\d+-value-text$/, 'text'],
    [/^(channels|channel_words|handling_times|client_deadlines|fees)-\d+-(?:text|consequence|condition)$/, 'text'],
    [/^(documents)-\d+-(?:note|condition)$/, 'text'],
    [/^(appeals)-\d+-appeal_text$/, 'text'],
  ];
  const WITHOUT_EXAMPLE = ['title', 'outcome_validity', 'channel_words'];
  const timers = new WeakMap();
  const form = () => document.getElementById('page-edit-form');
  const token = () => form().querySelector('input[name=csrfmiddlewaretoken]').value;
  const box = () => document.querySelector('[data-card-progress]');

  function watched(input) {
    if (!input.name || !form() || !form().contains(input)) return null;
    for (const [pattern, role] of WATCHED) {
      const found = pattern.exec(input.name);
      if (found) return { field: found[1], role };
    }
    return null;
  }

  async function post(address, values) {
    const body = new URLSearchParams(values);
    const answer = await fetch(address, { method: 'POST', body, headers: { 'X-CSRFToken': token() } });
    return answer.ok ? answer.text() : '';
  }

  function placeFor(input) {
    let place = input.parentNode.querySelector(':scope > .hint-place');
    if (!place) {
      place = document.createElement('div');
      place.className = 'hint-place';
      place.setAttribute('role', 'status');
      input.after(place);
    }
    return place;
  }

  async function advise(input, { field, role }) {
    const text = input.value;
    const html = text.trim() ? await post(form().dataset.hints, { tekst: text, rola: role }) : '';
    if (input.value !== text) return; // somebody wrote on in the meantime
    const place = placeFor(input);
    place.innerHTML = html;
    if (html.trim() && form().dataset.example && !WITHOUT_EXAMPLE.includes(field)) {
      const button = document.createElement('button');
      button.type = 'button';
      button.className = 'button button-small button-secondary';
      button.textContent = 'Pokaż prostszy przykład';
      button.addEventListener('click', async () => {
        const shown = document.createElement('div');
        shown.innerHTML = await post(form().dataset.example, { pole: field, tekst: input.value });
        button.replaceWith(shown);
      });
      place.append(button);
    }
  }

  document.addEventListener('input', (event) => {
    const known = watched(event.target);
    if (!known) return;
    clearTimeout(timers.get(event.target));
    timers.set(event.target, setTimeout(() => advise(event.target, known), WAIT));
  });

  // What is typed while an automatic save is on its way, and before the form is watched, counts as saved for the editor's own script,
  // until something else is typed. So the form is compared with what was sent, and saved again when it differs.
  const NOT_WRITTEN = /^(csrfmiddlewaretoken|loaded_revision_|overwrite_revision_id|next$|comments-)/;
  let sent = null;
  let forced = '';
  let typedEarly = false;
  let isWatched = false;

  function written(data, passedOver = {}) {
    const kept = [...data.entries()].filter(([name, value]) => !NOT_WRITTEN.test(name) && !(name in passedOver) && typeof value === 'string');
    return new URLSearchParams(kept).toString();
  }

  function saveAgain() {
    form().dataset.wUnsavedForceValue = 'true';
  }

  document.addEventListener('w-autosave:save', (event) => {
    sent = event.detail.formData;
  });

  document.addEventListener('w-autosave:success', (event) => {
    const passedOver = event.detail.data.field_updates || {};
    const present = written(new FormData(form()), passedOver);
    if (sent && written(sent, passedOver) !== present && forced !== present) {
      forced = present;
      saveAgain();
    }
  });

  document.addEventListener('input', (event) => {
    if (!isWatched && event.isTrusted && form() && form().contains(event.target)) typedEarly = true;
  });

  document.addEventListener('w-unsaved:watch-edits', () => {
    isWatched = true;
    if (typedEarly) saveAgain();
    typedEarly = false;
  });

  document.addEventListener('w-autosave:success', async () => {
    const old = box();
    if (!old) return;
    const answer = await fetch(old.dataset.refresh);
    if (!answer.ok) return;
    const holder = document.createElement('div');
    holder.innerHTML = await answer.text();
    const hints = old.querySelector('.progress-box__hints');
    const fresh = holder.querySelector('[data-card-progress]');
    const freshHints = fresh.querySelector('.progress-box__hints');
    if (hints && freshHints) freshHints.open = hints.open;
    old.replaceWith(fresh);
  });

  // On a new office card the choice of the model card saves it, so that the form can show what is known already.
  document.addEventListener('change', (event) => {
    if (event.target.name !== 'model_card' || !event.target.value || !event.target.closest('.question-list--first')) return;
    const save = form().querySelector('button[type=submit]:not([name])') || form().querySelector('button[type=submit]');
    form().requestSubmit(save);
  });

  // A link of the counter leads to the question: folded parts open, the field takes the focus.
  function target(name) {
    return document.getElementById(`id_${name}`)
      || document.querySelector(`[name="${name}"]:not([type=hidden])`)
      || document.querySelector(`[data-contentpath="${name}"]`)
      || document.getElementById(`id_${name}-FORMS`);
  }

  document.addEventListener('click', (event) => {
    const link = event.target.closest('[data-goto]');
    if (!link) return;
    const found = target(link.dataset.goto);
    if (!found) return;
    event.preventDefault();
    for (let part = found.closest('details'); part; part = part.parentElement.closest('details')) part.open = true;
    const section = found.closest('section');
    const field = found.matches('input, select, textarea') && found.type !== 'hidden' ? found
      : found.querySelector('input:not([type=hidden]), select, textarea, button') || (section && section.querySelector('button:not([data-panel-toggle])'));
    if (field) field.focus({ preventScroll: true });
    (field || section || found).scrollIntoView({ block: 'center', behavior: 'instant' });
  });

  // The list of questions at the edge scrolls; whoever has no mouse must be able to reach it.
  new MutationObserver(() => {
    const list = document.querySelector('.w-minimap__list:not([tabindex])');
    if (list) list.tabIndex = 0;
  }).observe(document.documentElement, { childList: true, subtree: true });

  document.addEventListener('DOMContentLoaded', () => {
    const told = document.getElementById('author-screen');
    if (!form() || !told) return;
    form().dataset.hints = told.dataset.hints;
    const page = /\/pages\/(\d+)\/edit\//.exec(window.location.pathname);
    if (page) form().dataset.example = told.dataset.example.replace('/0/', `/${page[1]}/`);
  });
})();
