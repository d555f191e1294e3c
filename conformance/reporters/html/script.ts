/**
 * The page's script. It only shows, hides, opens and copies what is in the page already; it makes no markup
 * from text and no request. Plain JavaScript, without a closing script tag anywhere.
 */
export const pageScript = `'use strict';
(() => {
  const clauses = [...document.querySelectorAll('details.clause')];
  const chapters = [...document.querySelectorAll('section.chapter')];
  const filter = document.getElementById('filter');
  const search = filter.elements.namedItem('text');
  const shown = document.getElementById('shown');
  const nothing = document.getElementById('nothing');

  const ticked = (name) =>
    [...filter.querySelectorAll('input[name="' + name + '"]:checked')].map((box) => box.value);

  function applyFilter() {
    const words = search.value.toLowerCase().split(/\\s+/).filter(Boolean);
    const verdicts = ticked('verdict');
    const levels = ticked('level');
    let count = 0;
    for (const clause of clauses) {
      const { verdict, level, text } = clause.dataset;
      const matches =
        (verdicts.length === 0 || verdicts.includes(verdict)) &&
        (levels.length === 0 || levels.includes(level)) &&
        words.every((word) => text.includes(word));
      clause.hidden = !matches;
      if (matches) count += 1;
    }
    for (const chapter of chapters) {
      chapter.hidden = !chapter.querySelector('details.clause:not([hidden])');
    }
    nothing.hidden = count > 0;
    shown.textContent = count === clauses.length ? count + ' clauses' : count + ' of ' + clauses.length;
  }

  function openTarget() {
    let id = location.hash.slice(1);
    try { id = decodeURIComponent(id); } catch { return; }
    const target = document.getElementById(id);
    if (!target || !target.matches('details.clause, section.chapter')) return;
    const hidden = target.hidden || target.querySelector('details.clause[hidden]');
    if (hidden) { filter.reset(); applyFilter(); }
    if (target.matches('details')) target.open = true;
    target.scrollIntoView();
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
    if (event.key === 'Escape' && event.target === search) { search.value = ''; applyFilter(); search.blur(); }
    if (event.key !== '/' || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target === search) return;
    event.preventDefault();
    search.focus();
  });

  filter.addEventListener('input', applyFilter);
  filter.addEventListener('submit', (event) => event.preventDefault());
  addEventListener('hashchange', openTarget);
  for (const button of document.querySelectorAll('button.copy')) button.hidden = false;
  filter.hidden = false;
  applyFilter();
  openTarget();
})();
`;
