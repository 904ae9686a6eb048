package dev.mastic.catalog;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.glue.model.ConditionCheckFailureException;
import software.amazon.awssdk.services.glue.model.EntityNotFoundException;
import software.amazon.awssdk.services.glue.model.ExistCondition;
import software.amazon.awssdk.services.glue.model.GluePolicy;
import software.amazon.awssdk.services.glue.model.InvalidInputException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class PolicyOperationsIT extends CatalogOnPostgres {
    private static final String ARN = "arn:aws:glue:us-east-1:123456789012:catalog";

    private static String policy(String principal) {
        return "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":{\"AWS\":\"" + principal
                + "\"},\"Action\":\"glue:GetTable\",\"Resource\":\"*\"}]}";
    }

    private static String put(String policy, ExistCondition exists, String hash) {
        return glue.putResourcePolicy(request -> request.policyInJson(policy)
                        .policyExistsCondition(exists)
                        .policyHashCondition(hash))
                .policyHash();
    }

    @BeforeEach
    void clear() throws Exception {
        execute("delete from catalog.resource_policy");
    }

    @Test
    void keepsAPolicyAndItsHash() {
        String hash = put(policy("a"), null, null);

        var found = glue.getResourcePolicy(request -> request.resourceArn(ARN));
        assertThat(found.policyInJson()).isEqualTo(policy("a"));
        assertThat(found.policyHash()).isEqualTo(hash);
        assertThat(glue.getResourcePolicies(request -> {}).getResourcePoliciesResponseList())
                .containsExactly(GluePolicy.builder()
                        .policyInJson(policy("a"))
                        .policyHash(hash)
                        .createTime(found.createTime())
                        .updateTime(found.updateTime())
                        .build());
        put(policy("b"), null, null);
        var later = glue.getResourcePolicy(request -> {});
        assertThat(later.policyHash()).isNotEqualTo(hash);
        assertThat(later.createTime()).isEqualTo(found.createTime());
        assertThat(later.updateTime()).isAfter(found.updateTime());

        glue.deleteResourcePolicy(request -> {});
        assertThatThrownBy(() -> glue.getResourcePolicy(request -> {})).isInstanceOf(EntityNotFoundException.class);
        assertThatThrownBy(() -> glue.deleteResourcePolicy(request -> {})).isInstanceOf(EntityNotFoundException.class);
        assertThat(glue.getResourcePolicies(request -> {}).getResourcePoliciesResponseList())
                .isEmpty();
    }

    @Test
    void holdsToConditions() {
        assertThatThrownBy(() -> put(policy("a"), ExistCondition.MUST_EXIST, null))
                .isInstanceOf(ConditionCheckFailureException.class);
        assertThatThrownBy(() -> put(policy("a"), null, "x")).isInstanceOf(ConditionCheckFailureException.class);
        String hash = put(policy("a"), ExistCondition.NOT_EXIST, null);
        assertThatThrownBy(() -> put(policy("b"), ExistCondition.NOT_EXIST, null))
                .isInstanceOf(ConditionCheckFailureException.class)
                .hasMessageContaining("NOT_EXIST");
        assertThatThrownBy(() -> put(policy("b"), ExistCondition.NOT_EXIST, hash))
                .isInstanceOf(ConditionCheckFailureException.class);
        String second = put(policy("b"), ExistCondition.MUST_EXIST, hash);
        assertThatThrownBy(() -> put(policy("c"), ExistCondition.NONE, hash))
                .isInstanceOf(ConditionCheckFailureException.class);
        assertThatThrownBy(() -> glue.deleteResourcePolicy(request -> request.policyHashCondition(hash)))
                .isInstanceOf(ConditionCheckFailureException.class);
        glue.deleteResourcePolicy(request -> request.policyHashCondition(second));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[]",
                "{}",
                "{} {}",
                "{",
                "null",
                "{\"Statement\":[]}",
                "{\"Statement\":[1]}",
                "{\"Statement\":{\"Effect\":\"Maybe\"}}",
                "{\"Statement\":{\"Effect\":\"Deny\",\"Principal\":\"*\",\"Action\":\"*\"}}",
                "{\"Version\":\"2020-01-01\",\"Statement\":{}}"
            })
    void refusesWhatIsNoPolicy(String text) {
        assertThatThrownBy(() -> put(text, null, null))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("PolicyInJson");
    }

    @Test
    void refusesLongPoliciesAndThoseOfOtherResources() {
        assertThatThrownBy(() -> put(policy("x".repeat(10_240)), null, null))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("at most 10240");
        assertThatThrownBy(() -> glue.getResourcePolicy(request -> request.resourceArn(ARN + "x")))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining(ARN);
    }

    @Test
    void letsOneOfManyThatSawTheSamePolicyReplaceIt() throws Exception {
        String hash = put(policy("first"), null, null);
        assertThat(together(8, writer -> {
                    try {
                        put(policy("w" + writer), ExistCondition.MUST_EXIST, hash);
                        return true;
                    } catch (ConditionCheckFailureException e) {
                        return false;
                    }
                }))
                .containsOnlyOnce(true);
    }
}
