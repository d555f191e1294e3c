/** The player: as large as its tab or frame. */
export const embedStyle = `.embed { background: var(--stage); color: var(--on-stage); overflow: hidden; }
.embed main { position: relative; max-width: none; height: 100vh; padding: 0; }
.embed video { width: 100%; height: 100%; object-fit: contain; }
.embed .bar { position: absolute; left: 0; right: 0; bottom: 0; display: flex; flex-wrap: wrap; align-items: center; gap: .6rem; padding: .6rem .8rem; background: #0d1116d9; }
.embed .status { color: var(--on-stage); font-size: .9rem; overflow-wrap: anywhere; min-width: 0; }
`;
