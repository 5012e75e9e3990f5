SELECT day, actor, issue, stance_before, stance_after, modality_after
FROM stance_changes
WHERE day LIKE '{month}-%' AND modality_before IN ('stated', 'reported')
ORDER BY day, actor, issue;
