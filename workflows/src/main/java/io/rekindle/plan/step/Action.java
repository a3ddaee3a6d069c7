package io.rekindle.plan.step;

import java.util.List;

/**
 * A kind of step that looks at AWS or changes it. The permitted interfaces, one for each service,
 * are the catalogue.
 */
public sealed interface Action extends Declared
    permits Alb,
        Apigw,
        Arc,
        Asg,
        Aurora,
        Backup,
        Cfn,
        Codebuild,
        Config,
        Ecs,
        Eks,
        Elasticache,
        Iot,
        Kms,
        Kubernetes,
        Lambda,
        Notify,
        Pipeline,
        Probe,
        Rds,
        Route53,
        S3,
        Secrets,
        Traffic,
        Verify {

  /**
   * Everything the kind may call, for this step: with ARNs wherever AWS allows them, never with a
   * wildcard action.
   */
  List<Permission> permissions(Realm at);
}
