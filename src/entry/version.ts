import manifest from '../../package.json' with { type: 'json' };

/** Version of the product: the package's. */
export const { version } = manifest;
