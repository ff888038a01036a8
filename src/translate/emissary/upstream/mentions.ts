/** Whether a record has a value for one of some fields; cheap if the record has few fields. */
export const mentions = (record: object, fields: ReadonlySet<string>): boolean => {
  for (const field in record) if (fields.has(field)) return true;
  return false;
};
