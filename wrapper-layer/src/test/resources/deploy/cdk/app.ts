import { App, Stack } from 'aws-cdk-lib';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { Frostline } from './index';

const app = new App({ outdir: 'out', analyticsReporting: false });
const stack = new Stack(app, 'Shop');
const code = lambda.Code.fromInline('def handler(event, context): pass');

function python(name: string, props: Partial<lambda.FunctionProps> = {}): lambda.Function {
  return new lambda.Function(stack, name, { runtime: lambda.Runtime.PYTHON_3_13, handler: 'index.handler', code, ...props });
}

new Frostline(stack, 'Frostline', { deployment: '0b1c9d0' }).wrap(stack);
python('Plain');
python('Chained', { environment: { AWS_LAMBDA_EXEC_WRAPPER: '/opt/otel', STAGE: 'prod' } });
const layer = (n: number) => lambda.LayerVersion.fromLayerVersionArn(stack, `L${n}`, `arn:aws:lambda:eu-west-1:123456789012:layer:l:${n}`);
python('Full', { layers: [1, 2, 3, 4, 5].map(layer) });
new lambda.Function(stack, 'Custom', { runtime: lambda.Runtime.PROVIDED_AL2023, handler: 'x', code: lambda.Code.fromAsset('code') });
new lambda.DockerImageFunction(stack, 'Image', {
  code: lambda.DockerImageCode.fromEcr(
    require('aws-cdk-lib/aws-ecr').Repository.fromRepositoryName(stack, 'Repository', 'shop')),
});
new lambda.CfnFunction(stack, 'Raw', {
  role: 'arn:aws:iam::123456789012:role/shop', runtime: 'nodejs22.x', handler: 'index.handler', code: { zipFile: 'x' },
});
const other = new Stack(app, 'Other');
new Frostline(other, 'Frostline', { layerArn: 'arn:aws:lambda:eu-west-1:123456789012:layer:frostline:7', settings: { FROSTLINE_NODE: '1' } }).wrap(other);
new lambda.Function(other, 'Node', { runtime: lambda.Runtime.NODEJS_22_X, handler: 'index.handler', code: lambda.Code.fromInline('x') });
new Frostline(new Stack(app, 'Layer'), 'Frostline');
app.synth();
