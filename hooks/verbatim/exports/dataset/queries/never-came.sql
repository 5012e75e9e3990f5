SELECT id, date, status
FROM events
WHERE status = 'cancelled'
   OR (status = 'planned' AND date_last < (SELECT value FROM about WHERE name = 'updated'))
ORDER BY date_first, id;
