package dev.ablate.trainers.program.mlflow;

import com.google.gson.JsonObject;

/** A call that is not fulfilled, in MLflow's words. */
final class ApiError extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int status;
    private final String code;

    private ApiError(int status, String code, String message) {
        super(message);
        this.status = status;
        this.code = code;
    }

    /** What was sent cannot be taken. */
    static ApiError invalid(String message) {
        return new ApiError(400, "INVALID_PARAMETER_VALUE", message);
    }

    /** What was asked for is not there. */
    static ApiError missing(String message) {
        return new ApiError(404, "RESOURCE_DOES_NOT_EXIST", message);
    }

    /** Who asks has no token, or asks for another server. */
    static ApiError denied(String message) {
        return new ApiError(403, "PERMISSION_DENIED", message);
    }

    /** There is no such call here. */
    static ApiError unknown(String message) {
        return new ApiError(501, "NOT_IMPLEMENTED", message);
    }

    /** It cannot be stored. */
    static ApiError internal(String message) {
        return new ApiError(500, "INTERNAL_ERROR", message);
    }

    int status() {
        return status;
    }

    JsonObject json() {
        JsonObject json = new JsonObject();
        json.addProperty("error_code", code);
        json.addProperty("message", getMessage());
        return json;
    }
}
