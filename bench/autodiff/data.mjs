// Numbers that all libraries are given, the same ones each time.

/** Numbers from a small generator, in [0, 1). @param {number} length */
function uniform(length) {
  let state = 12345;
  return Array.from({ length }, () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  });
}

export const arrays = {
  thousand: uniform(1000),
  million: uniform(1_000_000),
  /** Numbers about 0 with a deviation of about 1. @param {number} length */
  normal: (length) => uniform(length).map((each) => (each - 0.5) * 3.46),
};

/** A hundred numbers from -1 to 1. */
export const line = Array.from({ length: 100 }, (_, place) => -1 + (2 * place) / 99);

/** The classes of 64 samples: a 1 in each row of ten. */
export const classes = Array.from({ length: 640 }, (_, place) => (place % 10 === Math.floor(place / 10) % 10 ? 1 : 0));
