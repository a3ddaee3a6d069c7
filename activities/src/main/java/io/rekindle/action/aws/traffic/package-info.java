/** Moving users by what Route 53's health checkers see. */
@NullMarked
package io.rekindle.action.aws.traffic;

import org.jspecify.annotations.NullMarked;
