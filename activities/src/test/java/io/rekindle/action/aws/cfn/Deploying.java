package io.rekindle.action.aws.cfn;

import static org.assertj.core.api.Assertions.assertThat;

import io.rekindle.action.Observation;
import io.rekindle.action.Observation.Broken;
import io.rekindle.action.aws.ActionHandler;
import io.rekindle.action.aws.ActionWorld;
import io.rekindle.plan.step.compute.Cfn;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.cloudformation.CloudFormationClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.BucketVersioningStatus;

/** A deployment in a world where its templates lie ready. */
abstract class Deploying extends ActionWorld<Cfn.Deploy> {
  private static final String BUCKET = "https://templates.s3.us-west-2.amazonaws.com/";
  protected final CloudFormationClient here = in(HERE, CloudFormationClient::builder);
  private final S3Client s3 = in(HERE, () -> S3Client.builder().forcePathStyle(true));

  @Override
  protected ActionHandler<Cfn.Deploy> handler() {
    return new Deploy();
  }

  @Override
  protected String with() {
    return with("");
  }

  static String with(String more) {
    return "{ stack: 'app', stackRole: 'arn:aws:iam::123456789012:role/cfn', template: '%s'%s }"
        .formatted(BUCKET + "new.json", more);
  }

  void bucket() {
    s3.createBucket(it ->
        it.bucket("templates").createBucketConfiguration(where -> where.locationConstraint(HERE)));
    s3.putBucketVersioning(it ->
        it.bucket("templates")
            .versioningConfiguration(how -> how.status(BucketVersioningStatus.ENABLED)));
    keep("new.json", template("new"));
  }

  /** Gives the URL of exactly this version. */
  String keep(String key, String template) {
    String version =
        s3.putObject(it -> it.bucket("templates").key(key), RequestBody.fromString(template))
            .versionId();
    return BUCKET + key + "?versionId=" + version;
  }

  void stack(String template) {
    here.createStack(it -> it.stackName("app").templateBody(template));
  }

  String deployed() {
    return here.getTemplate(it -> it.stackName("app")).templateBody();
  }

  static String template(String topic) {
    return """
    {"AWSTemplateFormatVersion": "2010-09-09",
     "Resources": {"Topic": {"Type": "AWS::SNS::Topic", "Properties": {"TopicName": "%s"}}}}
    """
        .formatted(topic);
  }

  /** One that is longer than a run remembers. */
  static String longTemplate(String topic) {
    return template(topic)
        .replace("\"Resources\"", "\"Description\": \"" + "x".repeat(4200) + "\", \"Resources\"");
  }

  static String why(Observation seen) {
    assertThat(seen).isInstanceOf(Broken.class);
    return ((Broken) seen).why();
  }
}
