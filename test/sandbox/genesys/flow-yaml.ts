/** The YAML of a flow that does nothing. */
export const inboundYaml = (name = 'Main'): string => `inboundCall:\n  name: ${JSON.stringify(name)}\n`;
export const workflowYaml = (name = 'Work'): string => `workflow:\n  name: ${JSON.stringify(name)}\n`;

/** The YAML of a secure flow that calls the data action of `addAction`. */
export const secureYaml = ({ name = 'Secure', call = 'callData', input = 'cardNumber', output = 'paymentId' } = {}) => `
secureCall:
  name: ${name}
  description: takes cards
  settingsActionDefaults:
    callData: {processingPrompt: {noValue: true}}
  tasks:
    - task:
        name: Pay
        refId: Task_10
        actions:
          - playAudio: {name: Hello, audio: {tts: Hello}}
          - ${call}:
              category:
                LAMBDA:
                  dataAction:
                    Pay:
                      inputs: {${input}: {exp: Task.cardNumber}}
                      successOutputs: {${output}: {var: Task.paymentId}}
                      failureOutputs: {errorCode: {noValue: true}}
`;

/** The YAML of an inbound flow that transfers to the secure flow of that name. */
export const transferYaml = (target = 'SECURE', name = 'Main'): string => `
inboundCall:
  name: ${name}
  tasks:
    - task:
        refId: Start
        actions:
          - transferToFlowSecure: {name: Go, targetFlow: {name: ${target}}}
`;
