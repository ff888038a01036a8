/** What is in effect of an object that is not accepted, as the end of a message. */
export const stillServing = {
  This: 'the rest of the object is in effect',
  Older: 'the last good version of the object stays in effect',
  Nothing: 'nothing of the object is in effect',
};

/** The same as a message of its own, where it is not this version. */
export const notServing = {
  Older: 'The last good version of the object stays in effect',
  Nothing: 'Nothing of the object is in effect',
};

/** What is in effect of an object that an Envoy refuses, as the end of a message. */
export const lastAccepted = 'what Envoy accepted last stays in effect';
