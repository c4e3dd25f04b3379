import { describe, expect, test } from 'vitest';
import { ticking } from '../../src/ui/ticking.ts';
import { createVirtualClock } from '../support/virtual-clock.ts';

function rig() {
  const clock = createVirtualClock();
  const ticks: number[] = [];
  return { clock, ticks, reporter: { tick: () => void ticks.push(clock.now()) } };
}

describe('while work goes on', () => {
  test('the reporter hears every second that it does, and no longer', async () => {
    const { clock, ticks, reporter } = rig();
    expect(await ticking(clock, reporter, () => clock.sleep(3_500).then(() => 'done'))).toBe('done');
    await clock.sleep(5_000);
    expect(ticks).toEqual([1_000, 2_000, 3_000]);
  });

  test('a failure of it is handed on, and ends the ticking', async () => {
    const { clock, ticks, reporter } = rig();
    const failing = async () => {
      await clock.sleep(1_500);
      throw new Error('no');
    };
    await expect(ticking(clock, reporter, failing)).rejects.toThrow('no');
    await clock.sleep(5_000);
    expect(ticks).toEqual([1_000]);
  });
});
