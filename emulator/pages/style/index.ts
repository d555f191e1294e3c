/** The stylesheet of all pages. */
export const style = `[hidden]{display:none!important}`;
