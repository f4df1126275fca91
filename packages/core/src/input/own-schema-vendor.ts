/** By this name of its vendor a schema is known as one of `@typingkit/core/schema`, whose words quote nothing. */
export const ownSchemaVendor = '@typingkit/core';
