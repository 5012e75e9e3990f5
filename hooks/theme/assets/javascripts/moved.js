/* An old address leads on, with its anchor and its day, which a plain refresh would drop. */
location.replace(document.querySelector("a").href + location.search + location.hash);
