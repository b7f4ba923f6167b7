import { join } from 'node:path';
import { Annotations, Aspects, IAspect, Stack } from 'aws-cdk-lib';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { Construct, IConstruct } from 'constructs';

const WRAPPER = '/opt/bin/importtime_wrapper';
const EXEC_WRAPPER = 'AWS_LAMBDA_EXEC_WRAPPER';
const TIMED = /^(python3\.(8|9|\d\d)|nodejs(18|[2-9]\d)\.x|java(11|17|[2-9]\d)|java8\.al2|dotnet.*)$/;
const MOST_LAYERS = 5;

export interface FrostlineProps {
  /** The layer version to use (default: the layer of this package, as a layer version of the construct's stack). */
  readonly layerArn?: string;
  /** What names the code of `$LATEST`, for instance a commit (default: none; published versions have their number). */
  readonly deployment?: string;
  /** More variables of the layer, for instance `{ FROSTLINE_NODE: '1' }`. */
  readonly settings?: { readonly [variable: string]: string };
}

/** The Frostline layer: `new Frostline(this, 'Frostline').wrap(this)` puts it on every function of a stack. */
export class Frostline extends Construct {
  /** The layer version that functions get. */
  readonly layer: lambda.ILayerVersion;
  private readonly variables: { [name: string]: string };

  constructor(scope: Construct, id: string, props: FrostlineProps = {}) {
    super(scope, id);
    this.layer = props.layerArn
      ? lambda.LayerVersion.fromLayerVersionArn(this, 'Layer', props.layerArn)
      : new lambda.LayerVersion(this, 'Layer', {
          code: lambda.Code.fromAsset(join(__dirname, 'frostline-layer.zip')),
          description: 'Makes functions log their import timings.',
          compatibleArchitectures: [lambda.Architecture.X86_64, lambda.Architecture.ARM_64],
        });
    this.variables = { [EXEC_WRAPPER]: WRAPPER, ...props.settings };
    if (props.deployment) {
      this.variables.FROSTLINE_DEPLOYMENT = props.deployment;
    }
  }

  /** Puts the layer on every function below that scope, those added later too: one function, a stack, or an app. */
  wrap(scope: IConstruct): this {
    const aspect: IAspect = { visit: (node) => this.visit(node) };
    Aspects.of(scope).add(aspect);
    return this;
  }

  private visit(node: IConstruct): void {
    if (node instanceof lambda.Function) {
      this.put(node, node.node.defaultChild as lambda.CfnFunction);
    } else if (node instanceof lambda.CfnFunction && !(node.node.scope instanceof lambda.Function)) {
      this.put(undefined, node);
    }
  }

  private put(construct: lambda.Function | undefined, resource: lambda.CfnFunction): void {
    const stack = Stack.of(resource);
    const layers: unknown[] = stack.resolve(resource.layers) ?? [];
    const current = stack.resolve(resource.environment)?.variables ?? {};
    const obstacle = this.obstacle(resource, layers.length, current[EXEC_WRAPPER] === WRAPPER);
    if (obstacle !== undefined) {
      Annotations.of(resource).addInfo(`Frostline leaves this function alone: ${obstacle}.`);
      return;
    }
    const next = current[EXEC_WRAPPER];
    const variables = next ? { FROSTLINE_NEXT_WRAPPER: next, ...this.variables } : this.variables;
    if (construct) {
      construct.addLayers(this.layer);
      Object.entries(variables).forEach(([name, value]) => construct.addEnvironment(name, value));
    } else {
      resource.layers = [...(resource.layers ?? []), this.layer.layerVersionArn];
      resource.environment = { variables: { ...current, ...variables } };
    }
  }

  private obstacle(resource: lambda.CfnFunction, layers: number, isWrapped: boolean): string | undefined {
    if (isWrapped) {
      return 'it has the wrapper already';
    }
    if (resource.packageType === 'Image') {
      return 'a container image takes no layers';
    }
    if (!TIMED.test(resource.runtime ?? '')) {
      return `the layer has nothing for ${resource.runtime}`;
    }
    return layers >= MOST_LAYERS ? `it has ${layers} other layers, and Lambda takes ${MOST_LAYERS}` : undefined;
  }
}
