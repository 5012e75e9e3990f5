SELECT 'positions', id, (SELECT min(source) FROM position_evidence WHERE position = positions.id)
FROM positions WHERE independent_sources = 1
UNION ALL
SELECT 'events', id, (SELECT min(source) FROM event_evidence WHERE event = events.id)
FROM events WHERE independent_sources = 1;
