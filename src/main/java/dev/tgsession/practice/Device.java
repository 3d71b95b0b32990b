package dev.tgsession.practice;

/** How a client introduced itself in {@code initConnection}. */
record Device(int apiId, String model, String system, String appVersion, String langCode) {
    static final Device UNKNOWN = new Device(0, "unknown", "unknown", "unknown", "en");
}
