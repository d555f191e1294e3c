/** Runs before the page is drawn: clauses do not show themselves open for a moment. */
export const earlyScript = `document.documentElement.classList.add('loading');`;

/**
 * The page's script. It only shows, hides, opens and copies what is in the page already; it makes no markup
 * from text and no request. Plain JavaScript, without a closing script tag anywhere.
 *
 * The fragment of the address says what is shown: `#clause-ID` one clause alone, `#verdict=fail&text=gap` the
 * list narrowed by the filter, the id of any other part the whole list there.
 */
export const pageScript = `'use strict';
(() => {
  const root = document.documentElement;
  const clauses = [...document.querySelectorAll('details.clause')];
  const chapters = [...document.querySelectorAll('section.chapter')];
  const filter = document.getElementById('filter');
  const search = filter.elements.namedItem('text');
  const chapter = filter.elements.namedItem('chapter');
  const shown = document.getElementById('shown');
  const nothing = document.getElementById('nothing');
  const pageTitle = document.title;
  let alone;

  const boxes = (name) => [...filter.querySelectorAll('input[name="' + name + '"]')];
  const ticked = (name) => boxes(name).filter((box) => box.checked).map((box) => box.value);

  function applyFilter() {
    const words = search.value.toLowerCase().split(/\\s+/).filter(Boolean);
    const verdicts = ticked('verdict');
    const levels = ticked('level');
    let count = 0;
    for (const section of chapters) {
      let any = false;
      for (const clause of section.querySelectorAll('details.clause')) {
        const { verdict, level, text } = clause.dataset;
        const matches =
          (verdicts.length === 0 || verdicts.includes(verdict)) &&
          (levels.length === 0 || levels.includes(level)) &&
          (chapter.value === '' || chapter.value === section.dataset.chapter) &&
          words.every((word) => text.includes(word));
        clause.hidden = !matches;
        any ||= matches;
        if (matches) count += 1;
      }
      section.hidden = !any;
    }
    nothing.hidden = count > 0;
    shown.textContent = count === clauses.length ? count + ' clauses' : count + ' of ' + clauses.length;
  }

  function filterState() {
    const parts = [
      ['verdict', ticked('verdict').join()],
      ['chapter', chapter.value],
      ['level', ticked('level').join()],
      ['text', search.value.trim()],
    ];
    return parts
      .filter(([, value]) => value !== '')
      .map(([name, value]) => name + '=' + encodeURIComponent(value).replaceAll('%2C', ','))
      .join('&');
  }

  function restoreFilter(state) {
    const values = new URLSearchParams(state);
    for (const name of ['verdict', 'level']) {
      const wanted = (values.get(name) || '').split(',');
      for (const box of boxes(name)) box.checked = wanted.includes(box.value);
    }
    search.value = values.get('text') || '';
    chapter.value = values.get('chapter') || '';
    if (chapter.selectedIndex < 0) chapter.value = '';
  }

  function filterChanged() {
    const state = filterState();
    history.replaceState(null, '', state === '' ? location.pathname + location.search : '#' + state);
    applyFilter();
  }

  /** Evidence that several clauses share stands in the page once; here a copy takes the place of the reference. */
  function fillIn(clause) {
    for (const place of clause.querySelectorAll('[data-same]')) {
      const original = document.getElementById(place.dataset.same);
      place.replaceChildren(...original.cloneNode(true).childNodes);
      place.removeAttribute('data-same');
    }
  }

  function showAlone(clause) {
    alone = clause;
    root.classList.add('alone');
    for (const one of clauses) one.hidden = one !== clause;
    for (const section of chapters) section.hidden = !section.contains(clause);
    fillIn(clause);
    clause.open = true;
    document.title = clause.querySelector('h3').textContent + ' · ' + pageTitle;
    // Browsers go to the fragment by themselves: a margin in the style keeps them at the top.
    scrollTo(0, 0);
    clause.querySelector('summary').focus({ preventScroll: true });
  }

  function showList(target, isNarrowed) {
    const left = alone;
    alone = undefined;
    root.classList.remove('alone');
    document.title = pageTitle;
    applyFilter();
    if (target && target.hidden) {
      filter.reset();
      applyFilter();
    }
    const isBack = left && (!target || target.id === 'results');
    const place = isBack && !left.hidden ? left : (target ?? (isNarrowed && filter));
    if (place) place.scrollIntoView();
    if (isBack && !left.hidden) left.querySelector('summary').focus({ preventScroll: true });
  }

  function route() {
    const state = location.hash.slice(1);
    let id = state;
    try { id = decodeURIComponent(state); } catch {}
    const target = document.getElementById(id);
    if (target && target.matches('details.clause')) return showAlone(target);
    const isNarrowed = !target && state.includes('=');
    if (!target) restoreFilter(isNarrowed ? state : '');
    showList(target, isNarrowed);
  }

  async function copy(button) {
    const command = button.parentElement.querySelector('code');
    let done = true;
    try {
      await navigator.clipboard.writeText(command.textContent);
    } catch {
      getSelection().selectAllChildren(command);
      done = document.execCommand('copy');
    }
    button.textContent = done ? 'Copied' : 'Press Ctrl+C';
    setTimeout(() => { button.textContent = 'Copy'; }, 1500);
  }

  document.addEventListener('click', (event) => {
    const button = event.target.closest('button');
    if (!button) return;
    if (button.matches('.copy')) copy(button);
    if (button.dataset.open) {
      for (const clause of clauses) if (!clause.hidden) clause.open = button.dataset.open === 'true';
    }
  });

  document.addEventListener('keydown', (event) => {
    if (event.key === 'Escape' && event.target === search) { search.value = ''; filterChanged(); search.blur(); }
    if (event.key !== '/' || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target === search || alone) return;
    event.preventDefault();
    search.focus();
  });

  // Toggling does not bubble.
  document.addEventListener('toggle', (event) => {
    if (event.target.open && event.target.matches('details.clause')) fillIn(event.target);
  }, true);

  // Paper cannot be opened: all that is shown is printed open. Of many clauses at once, what was said word by word
  // stays folded: it would be four fifths of the pages.
  let closedOnScreen = [];
  addEventListener('beforeprint', () => {
    const visible = clauses.filter((clause) => !clause.hidden);
    for (const clause of visible) fillIn(clause);
    closedOnScreen = visible
      .flatMap((clause) => [clause, ...clause.querySelectorAll(alone ? 'details' : 'details:not(.talk)')])
      .filter((details) => !details.open);
    for (const details of closedOnScreen) details.open = true;
  });
  addEventListener('afterprint', () => {
    for (const details of closedOnScreen) details.open = false;
  });

  filter.addEventListener('input', filterChanged);
  filter.addEventListener('submit', (event) => event.preventDefault());
  addEventListener('hashchange', route);
  for (const button of document.querySelectorAll('button.copy')) button.hidden = false;
  filter.hidden = false;
  root.classList.add('scripted');
  for (const details of document.querySelectorAll('details:not([data-attention])')) details.open = false;
  for (const clause of clauses) if (clause.open) fillIn(clause);
  root.classList.remove('loading');
  route();
})();
`;
