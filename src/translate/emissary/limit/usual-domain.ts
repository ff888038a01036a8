/** The domain of labels and of RateLimitServices where nothing names one. */
export const usualDomain = 'ambassador';
