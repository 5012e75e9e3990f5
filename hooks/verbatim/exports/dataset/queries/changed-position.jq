.rows[]
| select((.day | startswith("{month}-")) and (.modality_before | IN("stated", "reported")))
| [.day, .actor, .issue, .stance_before, .stance_after, .modality_after]
