import { filterScript } from './filter-script.ts';

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
${filterScript}
  const root = document.documentElement;
  const clauses = [...document.querySelectorAll('details.clause')];
  const chapters = [...document.querySelectorAll('section.chapter')];
  const pageTitle = document.title;
  let alone;

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

  addEventListener('hashchange', route);
  for (const button of document.querySelectorAll('button.copy')) button.hidden = false;
  root.classList.add('scripted');
  for (const details of document.querySelectorAll('details:not([data-attention])')) details.open = false;
  for (const clause of clauses) if (clause.open) fillIn(clause);
  root.classList.remove('loading');
  route();
})();
`;
