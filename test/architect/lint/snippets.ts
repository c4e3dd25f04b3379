import { inboundCall } from './seeded.ts';

export const jump = (ref: string) => inboundCall(`- menuJumpToTask: {name: Pay, dtmf: digit_1, targetTaskRef: ${ref}}`);
export const END = '- disconnect: {name: End}';
export const said = (text: string) => `- playAudio: {name: Say, audio: {tts: ${text}}}`;
export const collect = (failure: string, inputData = 'Task.entered') => `- collectInput:
    name: Ask
    inputData: {var: ${inputData}}
    digits: {exact: 1}
    inputAudio: {tts: Enter it.}
    verificationType: none
    outputs:
      failure:
        actions:
          ${failure}`;
export const call = (inputs: string, { category = 'pay', name = 'make id', outputs = '{}' } = {}) => `- callData:
    name: Call
    category:
      ${category}:
        dataAction:
          ${name}:
            inputs: ${inputs}
            successOutputs: ${outputs}
    outputs: {failure: {actions: []}, timeout: {actions: []}}
- playAudio: {name: Goodbye, audio: {tts: Goodbye.}}
${END}`;
export const decide = (condition: string) =>
  `- decision: {name: Decide, condition: ${condition}, outputs: {"yes": {actions: []}}}\n${END}`;
export const set = (statement: string) => `- updateData: {name: Set, statements: [{${statement}}]}\n${END}`;
export const task = (id: string, actions: string) => `- task: {name: ${id}, refId: ${id}, actions: [${actions}]}`;
export const goto = (id: string) => `- jumpToTask: {name: Go, targetTaskRef: "/secureCall/tasks/task[${id}]"}`;
