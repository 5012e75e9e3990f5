/* Starts a page's scripts: once, or for every page that instant navigation loads. */

/** `start` gets a signal that is aborted at the end of the page, for listeners outside it. */
self.vbOnPage = (start) => {
  let page = null;
  const begin = () => {
    page?.abort();
    page = new AbortController();
    start(page.signal);
  };
  if (self.document$) document$.subscribe(begin);
  else begin();
};
