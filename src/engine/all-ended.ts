/** Waits until all have ended, whatever fails; then throws what failed, several as one error with this text. */
export async function allEnded(work: readonly Promise<unknown>[], several: string): Promise<void> {
  const results = await Promise.allSettled(work);
  const errors = results.flatMap((result) => (result.status === 'rejected' ? [result.reason] : []));
  if (errors.length > 1) throw new AggregateError(errors, several);
  if (errors.length > 0) throw errors[0];
}
