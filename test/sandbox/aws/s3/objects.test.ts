import { Readable } from 'node:stream';
import {
  AbortMultipartUploadCommand,
  CreateBucketCommand,
  DeleteBucketCommand,
  DeleteObjectCommand,
  DeleteObjectsCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  ListObjectVersionsCommand,
  PutBucketVersioningCommand,
  PutObjectCommand,
  type PutObjectCommandInput,
} from '@aws-sdk/client-s3';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type AwsSandbox, openAws, refusalOf } from '../aws-sandbox.ts';

let sandbox: AwsSandbox;
const Bucket = 'dev-eo';
beforeEach(async () => {
  sandbox = await openAws();
  await sandbox.s3.send(new CreateBucketCommand({ Bucket }));
});
afterEach(() => sandbox.close());

const put = (Key: string, members: Partial<PutObjectCommandInput> = {}) =>
  sandbox.s3.send(new PutObjectCommand({ Bucket, Key, Body: 'hello', ...members }));
const get = async (Key: string) => {
  const { Body, ...rest } = await sandbox.s3.send(new GetObjectCommand({ Bucket, Key }));
  return { ...rest, text: await Body?.transformToString() };
};
const versioned = () =>
  sandbox.s3.send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration: { Status: 'Enabled' } }));

describe('an object', () => {
  test('is read as it was stored', async () => {
    const { ETag } = await put('payments/1.json', { ContentType: 'application/json', Metadata: { by: 'test' } });
    const read = await get('payments/1.json');
    expect(read).toMatchObject({
      text: 'hello',
      ETag,
      ContentType: 'application/json',
      ContentLength: 5,
      Metadata: { by: 'test' },
      ServerSideEncryption: 'AES256',
    });
    expect(read.VersionId).toBeUndefined();
    const head = await sandbox.s3.send(new HeadObjectCommand({ Bucket, Key: 'payments/1.json' }));
    expect(head).toMatchObject({ ETag, ContentLength: 5, ContentType: 'application/json' });
  });

  test.each([['a b/é+c//x'], ['/leading'], ['trailing/'], ["(1)!*'~&=?#%"], ['😀'], ['a'.repeat(1024)]])(
    'may be called %s',
    async (key) => {
      await put(key);
      expect((await get(key)).text).toBe('hello');
      const { Contents } = await sandbox.s3.send(new ListObjectsV2Command({ Bucket }));
      expect(Contents?.map(({ Key }) => Key)).toEqual([key]);
      const encoded = await sandbox.s3.send(new ListObjectsV2Command({ Bucket, EncodingType: 'url' }));
      expect(decodeURIComponent(encoded.Contents?.[0]?.Key ?? '')).toBe(key);
    },
  );

  test('whose name is too long is refused', async () => {
    expect(await refusalOf(put('a'.repeat(1025)))).toMatchObject({ name: 'KeyTooLongError', status: 400 });
  });

  test('that is streamed comes in chunks, with its checksum behind', async () => {
    const Body = Readable.from([Buffer.from('hello '), Buffer.from('world')]);
    await put('streamed', { Body, ContentLength: 11 });
    expect((await get('streamed')).text).toBe('hello world');
  });

  test('that is not there is refused', async () => {
    expect(await refusalOf(get('none'))).toMatchObject({ name: 'NoSuchKey', status: 404 });
    const head = sandbox.s3.send(new HeadObjectCommand({ Bucket, Key: 'none' }));
    expect(await refusalOf(head)).toMatchObject({ name: 'NotFound', status: 404 });
  });

  test.each([
    ['a checksum that is not its own', { ChecksumCRC32: 'AAAAAA==' }, 'BadDigest'],
    ['an MD5 that is not its own', { ContentMD5: 'AAAAAAAAAAAAAAAAAAAAAA==' }, 'BadDigest'],
    ['an access list', { ACL: 'public-read' as const }, 'AccessControlListNotSupported'],
    ['another encryption', { ServerSideEncryption: 'aws:kms' as const }, 'NotImplemented'],
    ['tags', { Tagging: 'a=b' }, 'NotImplemented'],
  ])('with %s is refused', async (_, members, name) => {
    expect(await refusalOf(put('k', members))).toMatchObject({ name });
    expect(sandbox.world.list('objects')).toEqual([]);
  });
});

describe('a conditional write', () => {
  test('with If-None-Match: * creates, and never overwrites', async () => {
    await put('lock', { IfNoneMatch: '*' });
    const refused = await refusalOf(put('lock', { IfNoneMatch: '*', Body: 'other' }));
    expect(refused).toMatchObject({ name: 'PreconditionFailed', status: 412 });
    expect((await get('lock')).text).toBe('hello');
  });

  test('with If-Match replaces just what it knows', async () => {
    const { ETag } = await put('state');
    await put('state', { IfMatch: ETag, Body: 'second' });
    expect(await refusalOf(put('state', { IfMatch: ETag, Body: 'third' }))).toMatchObject({
      name: 'PreconditionFailed',
      status: 412,
    });
    expect(await refusalOf(put('none', { IfMatch: ETag }))).toMatchObject({ name: 'NoSuchKey', status: 404 });
    expect((await get('state')).text).toBe('second');
  });

  test('with anything else is not known', async () => {
    expect(await refusalOf(put('k', { IfNoneMatch: '"a"' }))).toMatchObject({ name: 'NotImplemented', status: 501 });
  });

  test('deletes just what it knows', async () => {
    const { ETag } = await put('lock');
    const remove = (IfMatch: string | undefined) =>
      sandbox.s3.send(new DeleteObjectCommand({ Bucket, Key: 'lock', IfMatch }));
    expect(await refusalOf(remove('"other"'))).toMatchObject({ name: 'PreconditionFailed', status: 412 });
    await remove(ETag);
    expect(sandbox.world.list('objects')).toEqual([]);
  });
});

describe('a list', () => {
  const list = (members: object) => sandbox.s3.send(new ListObjectsV2Command({ Bucket, ...members }));
  beforeEach(async () => {
    for (const key of ['b/2', 'a', 'b/1', 'c', 'b/x/1']) await put(key);
  });

  test('is in the order of the keys, page by page', async () => {
    const first = await list({ MaxKeys: 2 });
    expect(first).toMatchObject({ IsTruncated: true, KeyCount: 2 });
    const second = await list({ MaxKeys: 3, ContinuationToken: first.NextContinuationToken });
    expect(second).toMatchObject({ IsTruncated: false, KeyCount: 3 });
    const keys = [first, second].flatMap(({ Contents = [] }) => Contents.map(({ Key }) => Key));
    expect(keys).toEqual(['a', 'b/1', 'b/2', 'b/x/1', 'c']);
  });

  test('has folders where there is a delimiter', async () => {
    const { Contents, CommonPrefixes } = await list({ Delimiter: '/' });
    expect(Contents?.map(({ Key }) => Key)).toEqual(['a', 'c']);
    expect(CommonPrefixes).toEqual([{ Prefix: 'b/' }]);
    const inner = await list({ Delimiter: '/', Prefix: 'b/' });
    expect(inner.Contents?.map(({ Key }) => Key)).toEqual(['b/1', 'b/2']);
    expect(inner.CommonPrefixes).toEqual([{ Prefix: 'b/x/' }]);
  });

  test('refuses a token that it did not give', async () => {
    expect(await refusalOf(list({ ContinuationToken: 'x!' }))).toMatchObject({ name: 'InvalidArgument', status: 400 });
  });
});

describe('deleting', () => {
  test('many at once says what became of each', async () => {
    await put('a');
    const Objects = [{ Key: 'a' }, { Key: 'none' }, { Key: 'b', ETag: '"x"' }];
    const { Deleted, Errors } = await sandbox.s3.send(new DeleteObjectsCommand({ Bucket, Delete: { Objects } }));
    expect(Deleted?.map(({ Key }) => Key)).toEqual(['a', 'none']);
    expect(Errors).toMatchObject([{ Key: 'b', Code: 'NoSuchKey' }]);
    const quiet = await sandbox.s3.send(
      new DeleteObjectsCommand({ Bucket, Delete: { Quiet: true, Objects: [{ Key: 'a' }] } }),
    );
    expect(quiet.Deleted).toBeUndefined();
  });

  test('more than a thousand at once is refused', async () => {
    const Objects = Array.from({ length: 1001 }, (_, n) => ({ Key: String(n) }));
    const call = sandbox.s3.send(new DeleteObjectsCommand({ Bucket, Delete: { Objects } }));
    expect(await refusalOf(call)).toMatchObject({ name: 'MalformedXML', status: 400 });
  });

  test('an upload in parts that never was is refused', async () => {
    const call = sandbox.s3.send(new AbortMultipartUploadCommand({ Bucket, Key: 'k', UploadId: 'u' }));
    expect(await refusalOf(call)).toMatchObject({ name: 'NoSuchUpload', status: 404 });
  });
});

describe('versions', () => {
  const versions = async (members: object = {}) => {
    const page = await sandbox.s3.send(new ListObjectVersionsCommand({ Bucket, ...members }));
    const shown = [...(page.Versions ?? []), ...(page.DeleteMarkers ?? [])];
    return { page, shown: shown.map(({ Key, VersionId, IsLatest }) => ({ Key, VersionId, IsLatest })) };
  };

  test('are kept where the bucket keeps them, and hidden by a marker', async () => {
    await put('k', { Body: 'before' });
    await versioned();
    const { VersionId } = await put('k', { Body: 'after' });
    const { DeleteMarker, VersionId: marker } = await sandbox.s3.send(new DeleteObjectCommand({ Bucket, Key: 'k' }));
    expect(DeleteMarker).toBe(true);
    expect(await refusalOf(get('k'))).toMatchObject({ name: 'NoSuchKey' });
    expect((await versions()).shown).toEqual([
      { Key: 'k', VersionId, IsLatest: false },
      { Key: 'k', VersionId: 'null', IsLatest: false },
      { Key: 'k', VersionId: marker, IsLatest: true },
    ]);
    await put('k', { Body: 'again', IfNoneMatch: '*' });
    expect((await get('k')).text).toBe('again');
    const old = await sandbox.s3.send(new GetObjectCommand({ Bucket, Key: 'k', VersionId: 'null' }));
    expect(await old.Body?.transformToString()).toBe('before');
  });

  test('are deleted for good by their ids, and only then is the bucket empty', async () => {
    await versioned();
    await put('a');
    await put('a');
    await put('b');
    await sandbox.s3.send(new DeleteObjectCommand({ Bucket, Key: 'b' }));
    const { shown } = await versions();
    expect(shown).toHaveLength(4);
    expect(await refusalOf(sandbox.s3.send(new DeleteBucketCommand({ Bucket })))).toMatchObject({
      name: 'BucketNotEmpty',
    });
    const Objects = shown.map(({ Key, VersionId }) => ({ Key: Key ?? '', VersionId }));
    await sandbox.s3.send(new DeleteObjectsCommand({ Bucket, Delete: { Objects } }));
    await sandbox.s3.send(new DeleteBucketCommand({ Bucket }));
  });

  test('are listed page by page', async () => {
    await versioned();
    for (const key of ['a', 'a', 'b', 'a']) await put(key);
    const first = await versions({ MaxKeys: 2 });
    const { NextKeyMarker: KeyMarker, NextVersionIdMarker: VersionIdMarker } = first.page;
    const second = await versions({ MaxKeys: 2, KeyMarker, VersionIdMarker });
    expect(first.page.IsTruncated).toBe(true);
    expect(second.page.IsTruncated).toBe(false);
    expect([...first.shown, ...second.shown].map(({ Key }) => Key)).toEqual(['a', 'a', 'a', 'b']);
  });
});
