package io.yunyu.engine.candidate;

import com.google.crypto.tink.HybridEncrypt;
import com.google.crypto.tink.RegistryConfiguration;
import com.google.crypto.tink.TinkProtoKeysetFormat;
import com.google.crypto.tink.hybrid.HybridConfig;
import io.yunyu.contract.disclosure.ReviewFacts;
import io.yunyu.contract.disclosure.ReviewPackage;
import io.yunyu.contract.problem.ProblemCode;
import io.yunyu.contract.problem.ProblemException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.Optional;

/** Seals a candidate to the provider's review key (HPKE, by Tink), so that nobody else on its way can read it. */
public final class ReviewSeal {
    private static final String PREFIX = "hpke:";

    private final HybridEncrypt seal;

    private ReviewSeal(HybridEncrypt seal) {
        this.seal = seal;
    }

    /** @throws ProblemException if the text is no public sealing key */
    public static ReviewSeal to(String reviewKey) {
        try {
            HybridConfig.register();
            String base64 = reviewKey.startsWith(PREFIX) ? reviewKey.substring(PREFIX.length()) : "";
            byte[] keyset = Base64.getDecoder().decode(base64);
            return new ReviewSeal(TinkProtoKeysetFormat.parseKeysetWithoutSecret(keyset)
                    .getPrimitive(RegistryConfiguration.get(), HybridEncrypt.class));
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new ProblemException(
                    ProblemCode.BAD_REQUEST,
                    "The review key is no public HPKE keyset, so that the result could not be sealed. Have the provider"
                            + " renew it.");
        }
    }

    /** The context that a sealed candidate is bound to. */
    public static byte[] info(String jobId) {
        return ("yunyu/candidate/1 " + jobId).getBytes(StandardCharsets.UTF_8);
    }

    public byte[] seal(Candidate candidate, String jobId) {
        return seal(new ReviewPackage(candidate.bytes(), Optional.empty()), jobId);
    }

    /** Together with what the reviewer alone is told of the candidate; its digest is that of the candidate all the same. */
    public byte[] seal(Candidate candidate, ReviewFacts facts, String jobId) {
        return seal(new ReviewPackage(candidate.bytes(), Optional.of(facts)), jobId);
    }

    private byte[] seal(ReviewPackage content, String jobId) {
        try {
            return seal.encrypt(content.bytes(), info(jobId));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("The candidate could not be sealed.", e);
        }
    }
}
