import { type Explanation, genesysAnswer } from './explanation.ts';

/** Flows, where a call about them is refused. What a job says of a flow is another matter. */
export const knownOfGenesysFlows: readonly Explanation[] = [
  {
    id: 'genesys.too-many-flows',
    match: { code: /^architect\.flow\.(exceeded\.max\.amount|cannot\.create\.type\.max\.exceeded)$/ },
    message: 'The organization has as many flows as it may have.',
    hint: 'Delete some that are not used any more in Architect, or ask Genesys for a higher limit.',
    example: genesysAnswer('POST /api/v2/flows', 409, 'architect.flow.exceeded.max.amount', 'Conflict'),
  },
  {
    id: 'genesys.no-secure-flows',
    match: { code: /^architect\.secure\.call\.flow\.(not\.supported|invalid\.operation)$/ },
    message: 'The licence of the organization has no secure call flows.',
    hint: 'Ask Genesys for one that has them: without, no card number can be taken.',
    example: genesysAnswer(
      'GET /api/v2/flows/{flowId}',
      405,
      'architect.secure.call.flow.not.supported',
      'Secure call flows are not supported by the current product levels.',
    ),
  },
  {
    id: 'genesys.flow-locked',
    match: { code: /^architect\.flow\.(locked\.by\.user|cannot\.delete\.user\.does\.not\.have\.lock)$/ },
    message: 'Somebody has the flow open in Architect, and locked.',
    hint: 'Ask them to check it in or close it there, then run the command again; or add --force-unlock.',
    example: genesysAnswer(
      'DELETE /api/v2/flows/{flowId}',
      405,
      'architect.flow.cannot.delete.user.does.not.have.lock',
      'Method Not Allowed',
    ),
  },
  {
    id: 'genesys.flow-busy',
    match: { code: /^architect\.operation\.already\.in\.progress$/ },
    message: 'Architect is at work with the flow already.',
    hint: 'Wait a minute, then run the command again.',
    example: genesysAnswer(
      'POST /api/v2/flows/actions/publish',
      409,
      'architect.operation.already.in.progress',
      'Conflict',
    ),
  },
  {
    id: 'genesys.flow-in-use',
    match: { code: /^architect\.(flow\.cannot\.delete\.used|dependency\.object\.in\.use)/ },
    message: 'The flow is used by something that eo-setup did not make, or that Architect still counts.',
    hint: 'Run the command again in a minute. If it stays so, open the flow in Architect, look at its dependencies, and free it there.',
    example: genesysAnswer(
      'DELETE /api/v2/flows/{flowId}',
      409,
      'architect.flow.cannot.delete.used.in.ivr.configs',
      'Conflict',
    ),
  },
  {
    id: 'genesys.flow-name',
    match: { code: /^architect\.flow\.validate\.failed\.invalid\.name/ },
    message: 'Architect does not take the name of the flow.',
    hint: 'Choose another environment with --environment: a name has no "/", and does not end in "-debug".',
    example: genesysAnswer(
      'POST /api/v2/flows',
      400,
      'architect.flow.validate.failed.invalid.name.contains.slash',
      'Bad Request',
    ),
  },
];
