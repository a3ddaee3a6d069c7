package io.rekindle.plan.step.data;

import io.rekindle.plan.shape.AtLeast;
import io.rekindle.plan.shape.OneOrMany;
import io.rekindle.plan.shape.Says;
import io.rekindle.plan.step.Action;
import io.rekindle.plan.step.Permission;
import io.rekindle.plan.step.Realm;
import java.util.List;

/** Where a database that is made in a Region stands. */
public record Network(
    @Says("The DB subnet group, in this Region.") String subnetGroup,
    @Says("The security groups, in this Region.") @OneOrMany @AtLeast(1)
        List<String> securityGroups) {

  String subnets(Realm at) {
    return at.arn("rds", "subgrp:" + subnetGroup);
  }

  /** What adding instances to a cluster of that target takes. */
  Permission addInstances(Action.Change change, Realm at, String target, String parameterGroup) {
    return Permission.change(
        change,
        "rds:CreateDBInstance",
        at.arn("rds", "db:" + at.named(target)),
        at.arn("rds", "cluster:" + at.named(target)),
        subnets(at),
        at.arn("rds", "pg:" + parameterGroup),
        at.arn("rds", "og:*"));
  }
}
