/** What will happen, what is needed for it, and how to get about; `own` is what one types to start us. */
export function formatWelcome(goBack: string, own: string): readonly string[] {
  return [
    '',
    'This installs the event orchestration solution: a number that takes payments',
    'from callers, two AWS functions, and a workflow that stores each payment when',
    'its call ends.',
    '',
    'You need:',
    '  an OAuth client of Genesys Cloud (client credentials), and its secret',
    '  an AWS account that you are signed in to, by a profile or by keys',
    '  a phone number of the organization that nothing else answers',
    '',
    'Nothing is changed before you have seen the plan and said yes.',
    `${goBack} goes back to the question before, Ctrl-C leaves.`,
    `To try it all without an account: ${own} install --sandbox`,
    '',
  ];
}
