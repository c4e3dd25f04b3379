import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, describe, expect, test } from 'vitest';
import { assets, packageRoot, renderTemplate } from '../src/assets.ts';

const folders: string[] = [];
afterEach(async () => {
  for (const folder of folders.splice(0)) await rm(folder, { recursive: true });
});

async function folderWith(files: Readonly<Record<string, string>>): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'eo-assets-'));
  folders.push(folder);
  for (const [file, text] of Object.entries(files)) {
    await mkdir(join(folder, file, '..'), { recursive: true });
    await writeFile(join(folder, file), text);
  }
  return folder;
}

describe('assets', () => {
  test('are a flow, a template, and a zip with its hash', async () => {
    const root = await folderWith({
      'flows/workflow.yaml': 'workflow: {}',
      'templates/policies/a.json': '{}',
      'dist/lambdas/payment-id.zip': 'zip',
    });
    const { flow, template, lambda } = assets(root);
    expect(await flow('workflow')).toBe('workflow: {}');
    expect(await template('policies/a.json')).toBe('{}');
    expect(await lambda('payment-id')).toEqual({
      zip: Buffer.from('zip'),
      sha256: createHash('sha256').update('zip').digest('hex'),
    });
  });

  test('that are missing are named, with what to do', async () => {
    const { lambda } = assets(await folderWith({}));
    await expect(lambda('payment-id')).rejects.toMatchObject({
      name: 'SetupError',
      message: expect.stringMatching(/payment-id\.zip, a part of eo-setup, cannot be read\.$/),
      hint: expect.stringContaining('npm run build'),
    });
  });
});

describe('the package root', () => {
  const files = {
    'package.json': '{"name": "eo-setup"}',
    'dist/package.json': '{"name": "another"}',
    'dist/chunks/main.js': '',
  };

  test.each([
    ['a path', (file: string) => file],
    ['a URL', (file: string) => pathToFileURL(file)],
    ['the text of a URL', (file: string) => pathToFileURL(file).href],
  ])('is found from %s', async (_, from) => {
    const root = await folderWith(files);
    expect(packageRoot(from(join(root, 'dist', 'chunks', 'main.js')))).toBe(root);
  });

  test('is not found outside of the package', () => {
    expect(() => packageRoot(join(tmpdir(), 'nowhere', 'main.js'))).toThrow(/is the package eo-setup\.$/);
  });
});

describe('a template', () => {
  test('has its names replaced in every text, also within a text', () => {
    const text = '{"Resource": ["<bucketArn>", "<bucketArn>/*"], "n": 1, "deep": {"x": [true, null, "<id>-<id>"]}}';
    expect(renderTemplate(text, { bucketArn: 'arn:b', id: '7' })).toEqual({
      Resource: ['arn:b', 'arn:b/*'],
      n: 1,
      deep: { x: [true, null, '7-7'] },
    });
  });

  test.each(['"', '","Action":"*', '\\', '\n', '<id>', '$&', '$1', '{{x}}', `\${7*7}`, '😀'])(
    'takes %j as a text and nothing else',
    (value) => {
      expect(renderTemplate('{"a": "<value>", "b": "x"}', { value })).toEqual({ a: value, b: 'x' });
    },
  );

  test.each(['missing', 'toString', 'constructor'])('says that <%s> has no value', (name) => {
    expect(() => renderTemplate(`{"a": "<${name}>"}`, {})).toThrow(`The template has no value for <${name}>.`);
  });
});
