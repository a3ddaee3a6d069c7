/** Amazon ECS services, with what scales them and what balances their load. */
@NullMarked
package io.rekindle.action.aws.ecs;

import org.jspecify.annotations.NullMarked;
