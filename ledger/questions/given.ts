/**
 * SQL: who was given an entry, by which feed, and when. A consumption is a range of one feed, and a
 * feed a selection over all entries (contract 19).
 * Ranges first, by their index (offset 0 holds the planner to it): by the consumer it reads all that he was ever given.
 * @param entry alias of a feed_entry
 */
export const given = (entry: string): string =>
  `select c.id as consumer_id, c.name as consumer, f.name as feed, k.at, k.id as consumption
     from (select * from consumption where int8range(from_sequence, to_sequence, '[]') @> ${entry}.sequence offset 0) as k
     join feed f on f.id = k.feed_id join consumer c on c.id = k.consumer_id
    where f.purpose = ${entry}.purpose
      and (f.types is null or ${entry}.type = any(f.types)) and (f.sources is null or ${entry}.source_id = any(f.sources))`;

/**
 * SQL: the entries of all versions of a patient, alias e. By an array of the versions: joined, the planner reads all entries
 * there are where it thinks that the patient has many. @param source, patient placeholders
 */
export const entriesOfPatient = (source: string, patient: string): string =>
  `(select * from feed_entry where version_id = any(array(select id from ${versionsOf(source, patient)} as mine))) as e`;

/** SQL: ids of all versions of a patient, those that were replaced too. @param source, patient placeholders */
export const versionsOf = (source: string, patient: string): string =>
  `(select id from version where source_id = ${source} and patient = ${patient} and head
    union all select id from version where source_id = ${source} and patient = ${patient} and not head)`;
