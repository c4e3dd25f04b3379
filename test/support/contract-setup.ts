import { afterAll, afterEach } from 'vitest';

// Where GENESYS_CONTRACT names the vendor's description, whatever a test's sandboxes are sent and answer is held against
// it: a test fails whose exchanges are not as described.
if (process.env['GENESYS_CONTRACT']) {
  const { takeFaults } = await import('../contract/watch.ts');
  const fail = () => {
    const faults = takeFaults();
    if (faults.length > 0) throw new Error(`Not as the contract says:\n${faults.join('\n')}`);
  };
  afterEach(fail);
  // What is closed after the last test.
  afterAll(fail);
}
