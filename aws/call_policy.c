/* Defines the kinds of calls. */
#include "aws/call_policy.h"

const struct call_policy call_policy_read = {.is_signed = true};
const struct call_policy call_policy_configuration = {
	.is_signed = true, .is_secret = true};
const struct call_policy call_policy_write = {
	.is_signed = true, .is_write = true};
const struct call_policy call_policy_credentials = {
	.is_signed = true, .is_secret = true};
const struct call_policy call_policy_web_identity = {.is_secret = true};
const struct call_policy call_policy_sdk = {
	.is_signed = true, .like_sdk = true};
const struct call_policy call_policy_sdk_unsigned = {.like_sdk = true};
