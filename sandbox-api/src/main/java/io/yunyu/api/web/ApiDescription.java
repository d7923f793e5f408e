package io.yunyu.api.web;

import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.media.ArraySchema;
import io.swagger.v3.oas.models.media.BooleanSchema;
import io.swagger.v3.oas.models.media.IntegerSchema;
import io.swagger.v3.oas.models.media.ObjectSchema;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.media.StringSchema;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import io.swagger.v3.oas.models.security.SecurityScheme;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What the description of the interface says besides its routes. */
@Configuration(proxyBeanMethods = false)
class ApiDescription {
    @Bean
    OpenAPI openApi() {
        return new OpenAPI()
                .info(new Info()
                        .title("Yunyu 云域")
                        .version("v1")
                        .description("Compute on original public data that never leaves its domain. Errors are RFC 9457"
                                + " application/problem+json with the member 'code'. Tokens come from POST /api/v1/tokens"
                                + " with name and password by HTTP Basic."))
                .components(new Components()
                        .addSchemas("Verdict", verdict())
                        .addSchemas("Refusal", refusal())
                        .addSchemas("RefusalCertificate", certificate())
                        .addSchemas("Review", ReviewViewSchema.review())
                        .addSchemas("ReviewView", ReviewViewSchema.schema())
                        .addSecuritySchemes(
                                "token",
                                new SecurityScheme()
                                        .type(SecurityScheme.Type.HTTP)
                                        .scheme("bearer")))
                .addSecurityItem(new SecurityRequirement().addList("token"));
    }

    private static Schema<?> verdict() {
        return new ObjectSchema()
                .addProperty("verdict", new StringSchema().addEnumItem("pass").addEnumItem("refused"))
                .addProperty("problem", new Schema<>().$ref("Refusal"))
                .addProperty(
                        "findings",
                        new ArraySchema()
                                .items(new ObjectSchema()
                                        .addProperty("rule", new StringSchema())
                                        .addProperty("column", new StringSchema())
                                        .addProperty("cells", new IntegerSchema())
                                        .addProperty(
                                                "clause", new StringSchema().description("of the agreement or the law"))
                                        .addProperty("suggestion", new StringSchema())
                                        .addProperty("blocking", new BooleanSchema())));
    }

    private static Schema<?> refusal() {
        return new ObjectSchema()
                .description("RFC 9457 problem; 'code' and 'certificate' are extension members. Also of GET"
                        + " /api/v1/jobs/{id}.")
                .addProperty("type", new StringSchema())
                .addProperty("title", new StringSchema())
                .addProperty("status", new IntegerSchema())
                .addProperty("detail", new StringSchema())
                .addProperty("code", new StringSchema())
                .addProperty("certificate", new Schema<>().$ref("RefusalCertificate"));
    }

    private static Schema<?> certificate() {
        return new ObjectSchema()
                .description(
                        "The smallest change that would pass, tried before it is named. A function of the query's text,"
                                + " its grant and the rule that refused, never of data.")
                .addProperty(
                        "basis",
                        new StringSchema()
                                .addEnumItem("TEXT")
                                .addEnumItem("DATA")
                                .addEnumItem("BUDGET"))
                .addProperty("tried", new IntegerSchema().description("number of changed queries that were tried"))
                .addProperty(
                        "change",
                        new ObjectSchema()
                                .addProperty("steps", new ArraySchema().items(new StringSchema()))
                                .addProperty(
                                        "sql", new StringSchema().description("the changed query, as it was tried"))
                                .addProperty(
                                        "assurance",
                                        new StringSchema().addEnumItem("POLICY").addEnumItem("ANY_DATA")));
    }
}
