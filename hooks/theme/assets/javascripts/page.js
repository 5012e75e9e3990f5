/* A page's scripts start when its page is there: once, or for every page that instant navigation brings. */

/** `start` is given a signal that ends with the page, for what it listens to beyond it. */
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
