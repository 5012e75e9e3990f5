.updated as $updated
| .rows[]
| select(.status == "cancelled" or (.status == "planned" and .date_last != null and .date_last < $updated))
| [.id, .date, .status]
