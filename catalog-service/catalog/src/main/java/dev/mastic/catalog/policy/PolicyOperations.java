package dev.mastic.catalog.policy;

import dev.mastic.catalog.store.CatalogId;
import dev.mastic.catalog.store.Errors;
import dev.mastic.catalog.store.PageToken;
import dev.mastic.catalog.store.Texts;
import dev.mastic.catalog.store.Transactions;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.glue.GlueClient;
import software.amazon.awssdk.services.glue.model.ConditionCheckFailureException;
import software.amazon.awssdk.services.glue.model.DeleteResourcePolicyRequest;
import software.amazon.awssdk.services.glue.model.DeleteResourcePolicyResponse;
import software.amazon.awssdk.services.glue.model.EntityNotFoundException;
import software.amazon.awssdk.services.glue.model.ExistCondition;
import software.amazon.awssdk.services.glue.model.GetResourcePoliciesRequest;
import software.amazon.awssdk.services.glue.model.GetResourcePoliciesResponse;
import software.amazon.awssdk.services.glue.model.GetResourcePolicyRequest;
import software.amazon.awssdk.services.glue.model.GetResourcePolicyResponse;
import software.amazon.awssdk.services.glue.model.GluePolicy;
import software.amazon.awssdk.services.glue.model.PutResourcePolicyRequest;
import software.amazon.awssdk.services.glue.model.PutResourcePolicyResponse;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;

/** Glue's operations on the resource policy of the catalog, which is kept and not enforced. Thread-safe. */
public final class PolicyOperations implements GlueClient {
    private static final int LARGEST_PAGE = 1000;

    private final Transactions transactions;
    private final String catalogArn;

    /**
     * On one catalog.
     *
     * @param region of the catalog's ARN
     */
    public PolicyOperations(Transactions transactions, CatalogId catalogId, String region) {
        this.transactions = transactions;
        this.catalogArn = "arn:aws:glue:" + region + ":" + catalogId.value() + ":catalog";
    }

    @Override
    public PutResourcePolicyResponse putResourcePolicy(PutResourcePolicyRequest request) {
        checkArn(request.resourceArn());
        String policy = request.policyInJson();
        if (policy == null) {
            throw Errors.invalid("PolicyInJson is missing");
        }
        PolicyText.check(policy);
        String hash = hash(policy);
        ExistCondition exists =
                request.policyExistsCondition() == null ? ExistCondition.NONE : request.policyExistsCondition();
        String presentHash = condition(request.policyHashCondition());
        boolean done = transactions.run(session -> {
            PolicyStore store = new PolicyStore(session);
            return switch (exists) {
                // A hash is of a policy that exists, so it cannot be met where none may.
                case NOT_EXIST -> presentHash == null && store.add(catalogArn, policy, hash);
                case MUST_EXIST -> store.replace(catalogArn, policy, hash, presentHash);
                case NONE -> {
                    if (presentHash != null) {
                        yield store.replace(catalogArn, policy, hash, presentHash);
                    }
                    store.put(catalogArn, policy, hash);
                    yield true;
                }
                case UNKNOWN_TO_SDK_VERSION ->
                    throw Errors.invalid("PolicyExistsCondition is " + request.policyExistsConditionAsString()
                            + "; use MUST_EXIST, NOT_EXIST or NONE");
            };
        });
        if (!done) {
            throw ConditionCheckFailureException.builder()
                    .message("The resource policy was not put: PolicyExistsCondition " + exists
                            + (presentHash == null ? "" : " and PolicyHashCondition " + presentHash)
                            + " does not hold. GetResourcePolicy has the present one")
                    .build();
        }
        return PutResourcePolicyResponse.builder().policyHash(hash).build();
    }

    @Override
    public GetResourcePolicyResponse getResourcePolicy(GetResourcePolicyRequest request) {
        checkArn(request.resourceArn());
        GluePolicy policy = transactions.run(
                session -> new PolicyStore(session).find(catalogArn).orElseThrow(PolicyOperations::missing));
        return GetResourcePolicyResponse.builder()
                .policyInJson(policy.policyInJson())
                .policyHash(policy.policyHash())
                .createTime(policy.createTime())
                .updateTime(policy.updateTime())
                .build();
    }

    @Override
    public GetResourcePoliciesResponse getResourcePolicies(GetResourcePoliciesRequest request) {
        PageToken.size(request.maxResults(), LARGEST_PAGE);
        if (PageToken.readOne(request.nextToken()) != null) {
            throw PageToken.invalid();
        }
        List<GluePolicy> policies = transactions.run(
                session -> new PolicyStore(session).find(catalogArn).stream().toList());
        return GetResourcePoliciesResponse.builder()
                .getResourcePoliciesResponseList(policies)
                .build();
    }

    @Override
    public DeleteResourcePolicyResponse deleteResourcePolicy(DeleteResourcePolicyRequest request) {
        checkArn(request.resourceArn());
        String presentHash = condition(request.policyHashCondition());
        return transactions.run(session -> {
            PolicyStore store = new PolicyStore(session);
            if (!store.delete(catalogArn, presentHash)) {
                if (store.find(catalogArn).isEmpty()) {
                    throw missing();
                }
                throw ConditionCheckFailureException.builder()
                        .message("The resource policy was not deleted: its hash is not " + presentHash)
                        .build();
            }
            return DeleteResourcePolicyResponse.builder().build();
        });
    }

    private void checkArn(@Nullable String arn) {
        if (arn != null && !arn.equals(catalogArn)) {
            throw Errors.invalid("ResourceArn is " + arn
                    + "; only the catalog as a whole has a policy: leave it out, or" + " use " + catalogArn);
        }
    }

    private static @Nullable String condition(@Nullable String hash) {
        if (hash != null) {
            Texts.requireStorable(hash, "PolicyHashCondition");
        }
        return hash;
    }

    private static EntityNotFoundException missing() {
        return Errors.missing("Resource policy of the catalog");
    }

    private static String hash(String policy) {
        try {
            return Base64.getEncoder()
                    .encodeToString(
                            MessageDigest.getInstance("SHA-256").digest(policy.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("This JDK has no SHA-256", e);
        }
    }

    @Override
    public String serviceName() {
        return SERVICE_NAME;
    }

    @Override
    public void close() {}
}
