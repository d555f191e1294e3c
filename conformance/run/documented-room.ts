/** The room that the page’s calls name, `…/dynamic_mosaic/room`: the one name that a run makes without its prefix. */
export const documentedRoom = 'room';
