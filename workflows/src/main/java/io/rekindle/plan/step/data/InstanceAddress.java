package io.rekindle.plan.step.data;

import io.rekindle.plan.shape.Says;
import io.rekindle.plan.step.Like;
import io.rekindle.plan.value.Arn;

/** Where a DB instance is found, as outputs. */
public record InstanceAddress(
    @Says("Its host name.") @Like("{it}.c0example.{region}.rds.amazonaws.com") String endpoint,
    @Says("Its ARN.") @Like("arn:aws:rds:{region}:{account}:db:{it}") Arn arn,
    @Says("Its port.") @Like("3306") int port) {}
