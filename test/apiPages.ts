/**
 * The bodies of the examples of five pages of Microsoft's Graph beta reference, as documented. A
 * placeholder stands there where JSON has a stream's base64.
 *
 * @module
 */

/** API page "Create windowsOfficeClientConfiguration": the body of its example, `POST /officeConfiguration/clientConfigurations`. */
export const CREATE = {
  "@odata.type": "#microsoft.graph.windowsOfficeClientConfiguration",
  userPreferencePayload: "<Unknown Primitive Type Edm.Stream>",
  policyPayload: "<Unknown Primitive Type Edm.Stream>",
  description: "Description value",
  displayName: "Display Name value",
  priority: 8,
  userCheckinSummary: {
    "@odata.type": "microsoft.graph.officeUserCheckinSummary",
    succeededUserCount: 2,
    failedUserCount: 15,
  },
  checkinStatuses: [
    {
      "@odata.type": "microsoft.graph.officeClientCheckinStatus",
      userPrincipalName: "User Principal Name value",
      deviceName: "Device Name value",
      devicePlatform: "Device Platform value",
      devicePlatformVersion: "Device Platform Version value",
      wasSuccessful: true,
      userId: "User Id value",
      checkinDateTime: "2016-12-31T23:56:33.9571764-08:00",
      errorMessage: "Error Message value",
      appliedPolicies: ["Applied Policies value"],
    },
  ],
};

/** API page "Update windowsOfficeClientConfiguration": the body of its example, `PATCH /officeConfiguration/clientConfigurations/{officeClientConfigurationId}`. */
export const UPDATE = {
  userPreferencePayload: "<Unknown Primitive Type Edm.Stream>",
  policyPayload: "<Unknown Primitive Type Edm.Stream>",
  description: "Description value",
  displayName: "Display Name value",
  priority: 8,
  userCheckinSummary: {
    "@odata.type": "microsoft.graph.officeUserCheckinSummary",
    succeededUserCount: 2,
    failedUserCount: 15,
  },
  checkinStatuses: [
    {
      "@odata.type": "microsoft.graph.officeClientCheckinStatus",
      userPrincipalName: "User Principal Name value",
      deviceName: "Device Name value",
      devicePlatform: "Device Platform value",
      devicePlatformVersion: "Device Platform Version value",
      wasSuccessful: true,
      userId: "User Id value",
      checkinDateTime: "2016-12-31T23:56:33.9571764-08:00",
      errorMessage: "Error Message value",
      appliedPolicies: ["Applied Policies value"],
    },
  ],
};

/** API page "Update windowsOfficeClientSecurityConfiguration": the body of its example, `PATCH /officeConfiguration/clientConfigurations/{officeClientConfigurationId}`. */
export const UPDATE_SECURITY = {
  userPreferencePayload: "<Unknown Primitive Type Edm.Stream>",
  policyPayload: "<Unknown Primitive Type Edm.Stream>",
  description: "Description value",
  displayName: "Display Name value",
  priority: 8,
  userCheckinSummary: {
    "@odata.type": "microsoft.graph.officeUserCheckinSummary",
    succeededUserCount: 2,
    failedUserCount: 15,
  },
  checkinStatuses: [
    {
      "@odata.type": "microsoft.graph.officeClientCheckinStatus",
      userPrincipalName: "User Principal Name value",
      deviceName: "Device Name value",
      devicePlatform: "Device Platform value",
      devicePlatformVersion: "Device Platform Version value",
      wasSuccessful: true,
      userId: "User Id value",
      checkinDateTime: "2016-12-31T23:56:33.9571764-08:00",
      errorMessage: "Error Message value",
      appliedPolicies: ["Applied Policies value"],
    },
  ],
};

/** API page "Update clientConfigurations": the body of its example, `PATCH /officeConfiguration/clientConfigurations`. */
export const UPDATE_COLLECTION = {
  "@odata.type": "#microsoft.graph.officeClientConfiguration",
  userPreferencePayload: "Stream",
  policyPayload: "Stream",
  description: "Description value",
  displayName: "Display Name value",
  priority: 8,
  userCheckinSummary: {
    "@odata.type": "microsoft.graph.officeUserCheckinSummary",
    succeededUserCount: 2,
    failedUserCount: 15,
  },
  checkinStatuses: [
    {
      "@odata.type": "microsoft.graph.officeClientCheckinStatus",
      userPrincipalName: "User Principal Name value",
      deviceName: "Device Name value",
      devicePlatform: "Device Platform value",
      devicePlatformVersion: "Device Platform Version value",
      wasSuccessful: true,
      userId: "User Id value",
      checkinDateTime: "2017-01-01T00:03:20.8895305+03:00",
      errorMessage: "Error Message value",
      appliedPolicies: ["Applied Policies value"],
    },
  ],
};

/** API page "Update officeConfiguration": the body of its example, `PATCH /officeConfiguration`. */
export const UPDATE_SINGLETON = {
  "@odata.type": "#microsoft.graph.officeConfiguration",
  tenantCheckinStatuses: [
    {
      "@odata.type": "microsoft.graph.officeClientCheckinStatus",
      userId: "User Id value",
      userPrincipalName: "User Principal Name value",
      deviceName: "Device Name value",
      devicePlatform: "Device Platform value",
      devicePlatformVersion: "Device Platform Version value",
      wasSuccessful: true,
      checkinDateTime: "2016-12-31T23:56:33.9571764-08:00",
      errorMessage: "Error Message value",
      appliedPolicies: ["Applied Policies value"],
      lastTaskName: "Last Task Name value",
    },
  ],
  tenantUserCheckinSummary: {
    "@odata.type": "microsoft.graph.officeUserCheckinSummary",
    succeededUserCount: 2,
    failedUserCount: 15,
  },
};
