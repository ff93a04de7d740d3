import fc from 'fast-check';

/**
 * Properties draw the same cases in every check, so that what lands depends on the code and not on luck. `npm run hunt` draws others, as
 * often as it is asked to, and prints the seed of what it finds.
 */
fc.configureGlobal({ seed: Number(process.env['MERIDIAN_PROPERTY_SEED'] ?? 20_261_129) });
