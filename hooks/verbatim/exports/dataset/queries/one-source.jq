.table as $table
| .rows[]
| select(.independent_sources == 1)
| [$table, .id, (.evidence | map(.source) | min)]
