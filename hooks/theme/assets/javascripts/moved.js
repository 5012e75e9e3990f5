/* Redirects from a former URL, with its query and anchor, which a meta refresh would drop. */
location.replace(document.querySelector("a").href + location.search + location.hash);
