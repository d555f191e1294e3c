/**
 * The part of a page's script that narrows its list by the bar of `renderFilter`: plain JavaScript, for the inside of a
 * function. What is narrowed are the parts with `data-text`, by `data-verdict` (one or several words), `data-level` and
 * `data-differs`, within parts with `data-chapter`. It leaves `applyFilter`, `restoreFilter(state)`, `filter` and
 * `search` to what comes after it.
 */
export const filterScript = `  const filter = document.getElementById('filter');
  const search = filter.elements.namedItem('text');
  const chapter = filter.elements.namedItem('chapter');
  const shown = document.getElementById('shown');
  const nothing = document.getElementById('nothing');
  const listed = [...document.querySelectorAll('[data-text]')];

  const boxes = (name) => [...filter.elements].filter((box) => box.type === 'checkbox' && box.name === name);
  const ticked = (name) => boxes(name).filter((box) => box.checked).map((box) => box.value);

  function applyFilter() {
    const words = search.value.toLowerCase().split(/\\s+/).filter(Boolean);
    const wanted = ['verdict', 'level', 'differs'].map((name) => [name, ticked(name)]);
    let count = 0;
    for (const section of document.querySelectorAll('[data-chapter]')) {
      let any = false;
      for (const one of section.querySelectorAll('[data-text]')) {
        const matches =
          wanted.every(([name, values]) =>
            values.length === 0 || (one.dataset[name] || '').split(' ').some((value) => values.includes(value))) &&
          (chapter.value === '' || chapter.value === section.dataset.chapter) &&
          words.every((word) => one.dataset.text.includes(word));
        one.hidden = !matches;
        any ||= matches;
        if (matches) count += 1;
      }
      section.hidden = !any;
    }
    nothing.hidden = count > 0;
    shown.textContent = count === listed.length ? count + ' clauses' : count + ' of ' + listed.length;
  }

  function filterState() {
    const parts = [
      ['verdict', ticked('verdict').join()],
      ['chapter', chapter.value],
      ['level', ticked('level').join()],
      ['differs', ticked('differs').join()],
      ['text', search.value.trim()],
    ];
    return parts
      .filter(([, value]) => value !== '')
      .map(([name, value]) => name + '=' + encodeURIComponent(value).replaceAll('%2C', ','))
      .join('&');
  }

  function restoreFilter(state) {
    const values = new URLSearchParams(state);
    for (const name of ['verdict', 'level', 'differs']) {
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

  document.addEventListener('keydown', (event) => {
    if (event.key === 'Escape' && event.target === search) { search.value = ''; filterChanged(); search.blur(); }
    if (event.key !== '/' || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target === search || document.documentElement.classList.contains('alone')) return;
    event.preventDefault();
    search.focus();
  });

  // Not of the form alone: a box that belongs to it may stand elsewhere.
  document.addEventListener('input', (event) => { if (event.target.form === filter) filterChanged(); });
  filter.addEventListener('submit', (event) => event.preventDefault());
  filter.hidden = false;
`;
