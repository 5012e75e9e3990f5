{# The one script of every page; the workers are files of their own. #}
{% for part in ("page", "tables", "as-of", "changes", "permalinks", "cite", "query", "explore", "filter", "texts", "verify", "compare") %}
{% include "assets/javascripts/" ~ part ~ ".js" %}
{% endfor %}
